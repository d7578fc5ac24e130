"""The schemas of the API description without their leniency.

A schema that extends another becomes one that lists every property, and admits no other but OData's
annotations; a reference to a type with descendants admits each of them. So a property that Graph
does not have fails, wherever in a reply it stands.
"""

import copy

PREFIX = "#/components/schemas/"
ANNOTATION = "^([A-Za-z][A-Za-z0-9]*)?@"


class ClosedSchemas:
    def __init__(self, description):
        self.raw = description["components"]["schemas"]
        self.children = {}
        for name, schema in self.raw.items():
            for part in schema.get("allOf", []):
                if "$ref" in part:
                    self.children.setdefault(part["$ref"][len(PREFIX):], []).append(name)
        self.definitions = {name: self._closed(name) for name in self.raw}

    def document(self, schema):
        """A JSON schema that stands by itself."""
        return {**self._converted(schema), "definitions": self.definitions}

    def _members(self, name):
        schema = self.raw[name]
        properties, required = {}, set()
        for part in [*schema.get("allOf", []), schema]:
            if "$ref" in part:
                inherited, needed = self._members(part["$ref"][len(PREFIX):])
                properties.update(inherited)
                required |= needed
            else:
                properties.update(part.get("properties", {}))
                required |= set(part.get("required", []))
        return properties, required

    def _closed(self, name):
        own, needed = self._members(name)
        if not own:
            return self._converted(self.raw[name])
        # An entry of a delta adds to whatever it is an entry of: each kind of object may stand there.
        bases = [part["$ref"][len(PREFIX):] for part in self.raw[name].get("allOf", [])
                 if name.endswith("DeltaItem") and "$ref" in part]
        kinds = [kind for base in bases for kind in self._descendants(base) if kind != name]
        if not kinds:
            return self._object(own, needed)
        return {"anyOf": [
            self._object({**self._members(kind)[0], **own}, needed) for kind in kinds]}

    def _object(self, properties, required):
        return {
            "type": "object",
            "properties": {key: self._converted(value) for key, value in properties.items()},
            "patternProperties": {ANNOTATION: {}},
            "required": sorted(key for key in required if not key.startswith("@")),
            "additionalProperties": False,
        }

    def _descendants(self, name):
        found = [name]
        for child in self.children.get(name, []):
            found += self._descendants(child)
        return found

    def _converted(self, schema):
        if "$ref" in schema:
            names = self._descendants(schema["$ref"][len(PREFIX):])
            refs = [{"$ref": f"#/definitions/{name}"} for name in names]
            return refs[0] if len(refs) == 1 else {"anyOf": refs}
        result = {key: copy.deepcopy(value) for key, value in schema.items()
                  if key in ("type", "enum", "minimum", "maximum", "required", "items", "anyOf",
                             "oneOf", "properties", "additionalProperties")}
        for key in ("anyOf", "oneOf"):
            if key in result:
                # Beside a reference, an object of no kind stands for null alone.
                result["anyOf"] = [
                    {"type": "null"} if part.get("nullable") and part.get("type") == "object"
                    else self._converted(part) for part in result.pop(key)]
        if isinstance(result.get("items"), dict):
            result["items"] = self._converted(result["items"])
        if "properties" in result:
            result["properties"] = {
                key: self._converted(value) for key, value in result["properties"].items()}
        if isinstance(result.get("additionalProperties"), dict):
            result["additionalProperties"] = self._converted(result["additionalProperties"])
        if schema.get("nullable") and "type" in result:
            if "enum" in result:
                result["enum"] = [*result["enum"], None]
            result["type"] = [result["type"], "null"]
        return result
