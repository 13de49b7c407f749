import ArgumentParser
import BusWire

/// Attributes of an event on a command line: `key=text`, or `key:=json` for everything that is not text.
enum AttributeText {
    /// - Throws: `ValidationError` that says how to write it.
    static func parse(_ text: String) throws -> JSONMember {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw ValidationError("'\(text)' is not an attribute; write key=text or key:=json.")
        }
        let value = String(text[text.index(after: equals)...])
        let name = text[..<equals]
        guard name.last == ":" else { return JSONMember(String(name), .string(value)) }
        let key = String(name.dropLast())
        guard !key.isEmpty else { throw ValidationError("'\(text)' has no name before ':='.") }
        do {
            return JSONMember(key, try JSONValue.parse(value))
        } catch {
            throw ValidationError("The value of \(key) is not JSON: \(error). For plain text write \(key)=\(value).")
        }
    }
}
