"""The matplotlib back end of programs: draws like Agg, and shows by handing figures to the recorder.

matplotlib loads it by its name (`MPLBACKEND`) when a program first draws, and copies what stands here: so it is a
module apart from `figures`, which must cost nothing where nobody draws.
"""

from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

from hexapla.execution.figures import show_figures as show

__all__ = ["FigureCanvas", "show"]
