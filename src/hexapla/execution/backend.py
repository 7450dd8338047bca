"""The matplotlib back end of programs: draws like Agg, and shows by handing figures to the recorder.

matplotlib loads it by its name (`MPLBACKEND`) when a program first draws.
"""

from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

from hexapla.execution.figures import show

__all__ = ["FigureCanvas", "show"]
