registry = {}


def register(name):
    if name in registry:
        raise ValueError(f"{name} is registered twice")
    registry[name] = len(registry)


register("tea")
print(registry)
