import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from emendata.kernels.label_health import class_noise, overlaps
from emendata.records import FloatArray


@st.composite
def joints(draw: st.DrawFn) -> FloatArray:
    k = draw(st.integers(2, 50))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    joint = rng.gamma(0.3, 1.0, (k, k))
    if draw(st.booleans()):
        joint = np.rint(joint)  # many ties and zeros
    joint[: draw(st.integers(0, k - 1))] = 0  # absent labels
    joint[-1, -1] += 1
    made: FloatArray = joint / joint.sum()
    return made


def test_noise_of_labels_and_of_classes_by_hand() -> None:
    joint = np.array([[0.3, 0.1, 0.0], [0.0, 0.4, 0.0], [0.1, 0.0, 0.1]])
    made = class_noise(joint, 100)
    assert made.label_issues.tolist() == [10, 0, 10]
    assert made.inverse_label_issues.tolist() == [10, 10, 0]
    assert np.allclose(made.label_noise, [0.25, 0.0, 0.5])
    assert np.allclose(made.inverse_label_noise, [0.25, 0.2, 0.0])


def test_a_class_without_rows_has_no_noise() -> None:
    made = class_noise(np.array([[1.0, 0.0], [0.0, 0.0]]), 10)
    assert made.label_noise.tolist() == made.inverse_label_noise.tolist() == [0.0, 0.0]


def test_a_rare_class_that_is_all_wrong_is_all_wrong() -> None:
    made = class_noise(np.array([[1 - 1e-9, 1e-9], [0.0, 0.0]]), 10**9)
    assert made.inverse_label_noise.tolist() == [0.0, 1.0]


@settings(max_examples=40, deadline=None)
@given(joints(), st.integers(1, 10**6))
def test_class_noise_equals_the_slow_obvious_one(joint: FloatArray, n: int) -> None:
    made, k = class_noise(joint, n), range(len(joint))
    for c in k:
        wrong = sum(joint[c, j] for j in k if j != c)
        inverse = sum(joint[j, c] for j in k if j != c)
        assert abs(made.label_issues[c] - wrong * n) <= 0.5 + 1e-6
        assert abs(made.inverse_label_issues[c] - inverse * n) <= 0.5 + 1e-6
        assert np.isclose(made.label_noise[c], wrong / (wrong + joint[c, c]) if wrong else 0)
        assert np.isclose(made.inverse_label_noise[c], inverse / (inverse + joint[c, c]) if inverse else 0)


@settings(max_examples=40, deadline=None)
@given(joints(), st.booleans())
def test_overlaps_list_every_pair_once_the_largest_first(joint: FloatArray, asymmetric: bool) -> None:
    made, k = overlaps(joint, 1000, asymmetric=asymmetric), len(joint)
    pairs = list(zip(made.class_a.tolist(), made.class_b.tolist(), strict=True))
    everything = [(a, b) for a in range(k) for b in range(k) if (a != b if asymmetric else a < b)]
    assert sorted(pairs) == everything
    slow = [joint[a, b] if asymmetric else joint[a, b] + joint[b, a] for a, b in pairs]
    assert made.joint_probability.tolist() == slow
    assert pairs == sorted(everything, key=lambda pair: (-slow[pairs.index(pair)], pair))
    assert (made.n_overlapping == np.rint(made.joint_probability * 1000)).all()
