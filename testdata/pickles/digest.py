"""Writes what Python's own pickle machine finds in zip archives of PyTorch, without PyTorch.

    python digest.py ../parity/models/openai-torchscript/model.pt > openai-torchscript.json

For each tensor: its type, its shape and the SHA-256 of its elements in row-major order. The classes
that an archive names are replaced by bags of attributes, so this needs nothing but Python.
"""
import collections
import hashlib
import json
import pickle
import sys
import zipfile

TYPES = {
    "Float": ("F32", 4), "Double": ("F64", 8), "Half": ("F16", 2), "BFloat16": ("BF16", 2),
    "Long": ("I64", 8), "Int": ("I32", 4), "Short": ("I16", 2), "Char": ("I8", 1),
    "Byte": ("U8", 1), "Bool": ("BOOL", 1),
}


class Module:
    pass


class Tensor:
    def __init__(self, storage, offset, shape, stride, *rest):
        self.storage, self.offset, self.shape, self.stride = storage, offset, shape, stride

    def digest(self):
        (dtype, size), data = self.storage
        sha = hashlib.sha256()
        index = [0] * len(self.shape)
        count = 1
        for n in self.shape:
            count *= n
        for _ in range(count):
            at = (self.offset + sum(i * s for i, s in zip(index, self.stride))) * size
            sha.update(data[at:at + size])
            for axis in reversed(range(len(index))):
                index[axis] += 1
                if index[axis] < self.shape[axis]:
                    break
                index[axis] = 0
        return {"dtype": dtype, "shape": list(self.shape), "sha256": sha.hexdigest()}


class Unpickler(pickle.Unpickler):
    def __init__(self, archive):
        self.archive = archive
        self.root = next(n for n in archive.namelist() if n.endswith("/data.pkl"))[:-len("data.pkl")]
        super().__init__(archive.open(self.root + "data.pkl"))

    def find_class(self, module, name):
        if name.startswith("_rebuild_tensor"):
            return Tensor
        if name.endswith("Storage"):
            return TYPES[name[:-len("Storage")]]
        return collections.OrderedDict if name == "OrderedDict" else Module

    def persistent_load(self, pid):
        return pid[1], self.archive.read(self.root + "data/" + pid[2])


def walk(value, name, found):
    if isinstance(value, Tensor):
        found[name] = value.digest()
    elif isinstance(value, (dict, Module)):
        for key, item in (value if isinstance(value, dict) else vars(value)).items():
            walk(item, name + "." + key if name else key, found)
    return found


print(json.dumps(walk(Unpickler(zipfile.ZipFile(sys.argv[1])).load(), "", {}), indent=1))
