"""Writes small .npy files with NumPy: python record.py"""
import numpy as np

np.save("matrix_f4.npy", np.arange(12, dtype="<f4").reshape(3, 4) / 8)
np.save("vector_f2.npy", np.array([0, -0.0, 1, 65504, 2.0**-24, np.inf, np.nan], dtype="<f2"))
np.save("scalar_f8.npy", np.array(np.pi))
np.save("empty_i8.npy", np.zeros((0, 5), dtype="<i8"))
np.save("cube_u1.npy", np.arange(24, dtype=np.uint8).reshape(2, 3, 4))
np.save("columns_first.npy", np.asfortranarray(np.arange(12, dtype="<f4").reshape(3, 4)))
np.save("big_endian.npy", np.arange(4, dtype=">f4"))
np.save("objects.npy", np.array(["a", {}], dtype=object))
np.save("structured.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
