import BusWire
import Foundation

/// What a command was asked for.
package enum StandardOutput {
    /// Writes `text` at once.
    package static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// Writes a value as one line of JSON.
    package static func write(_ value: JSONValue) {
        write(value.text + "\n")
    }
}

extension JSONValue {
    /// The value's JSON text; a number that JSON cannot write stands as text.
    package var text: String {
        if let bytes = try? encoded() { return String(decoding: bytes, as: UTF8.self) }
        return JSONValue.string(RubyText.text(of: self)).text
    }
}
