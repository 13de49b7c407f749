import ArgumentParser
import BusWire
import Foundation

/// What a command was asked for.
package enum StandardOutput {
    /// Writes `text` at once. Ends the process when nobody reads any more, as SIGPIPE would, or when there is no room.
    package static func write(_ text: String) {
        guard let code = StandardStream.write(text, to: STDOUT_FILENO) else { return }
        if code == EPIPE {
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
        }
        StandardError.write("Standard output cannot be written: \(String(cString: strerror(code))).\n")
        exit(ExitCode.failed.rawValue)
    }

    /// Writes `text` at once, for a command that has something to put in order before it ends.
    ///
    /// - Returns: false when nobody reads any more, or when there is no room.
    package static func isWritten(_ text: String) -> Bool {
        StandardStream.write(text, to: STDOUT_FILENO) == nil
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
