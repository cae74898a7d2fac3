import numpy as np
import onnxruntime

from emendata.features.onnx_file import Graph, Node, Setting


def run(graph: Graph, pixels: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph.to_bytes(), providers=["CPUExecutionProvider"])
    (features,) = session.run(None, {"pixels": pixels})
    return np.asarray(features)


def test_steps_run_one_after_the_other() -> None:
    nodes = (
        Node("Cast", ("pixels",), "numbers", {"to": 1}),
        Node("Transpose", ("numbers",), "turned", {"perm": (1, 0)}),
        Node("Sub", ("turned", "half"), "features"),
    )
    graph = Graph(nodes, {"half": np.array(0.5, np.float32)}, (2, 3), (3, 2))
    pixels = np.array([[0, 1, 2], [3, 4, 255]], np.uint8)
    assert np.array_equal(run(graph, pixels), pixels.T - 0.5)


def test_constants_of_any_shape_and_order_arrive_as_they_are() -> None:
    weights = np.asfortranarray(np.arange(300 * 2, dtype=np.float32).reshape(2, 300))
    nodes = (
        Node("Cast", ("pixels",), "numbers", {"to": 1}),
        Node("MatMul", ("numbers", "weights"), "features"),
    )
    graph = Graph(nodes, {"weights": weights}, (2, 2), (2, 300))
    assert np.array_equal(run(graph, np.eye(2, dtype=np.uint8)), weights)


def test_texts_and_lists_of_numbers_are_settings() -> None:
    settings: dict[str, Setting] = {
        "auto_pad": "SAME_UPPER",
        "kernel_shape": (3, 3),
        "strides": (2, 2),
        "group": 1,
    }
    nodes = (
        Node("Cast", ("pixels",), "numbers", {"to": 1}),
        Node("Conv", ("numbers", "filter"), "features", settings),
    )
    graph = Graph(nodes, {"filter": np.ones((1, 1, 3, 3), np.float32)}, (1, 1, 4, 4), (1, 1, 2, 2))
    image = np.ones((1, 1, 4, 4), np.uint8)
    assert run(graph, image).ravel().tolist() == [9, 6, 6, 4]
