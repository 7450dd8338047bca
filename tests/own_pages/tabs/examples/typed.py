registry: dict[str, int] = {}


def register(name: str) -> None:
    registry[name] = 10 + len(registry)


register("tea")
if __name__ == "__main__":
    print("typed", registry)
