import ArgumentParser
package import BusWire
import Foundation

/// What a command was asked for.
package enum StandardOutput {
    /// Writes lines at once. Nothing but their ends steers a terminal. Ends the process when nobody reads any more, as
    /// SIGPIPE would, or when there is no room.
    package static func write(_ text: String) {
        let shown = ShownText.escaped(text, keepingLines: true)
        guard let code = StandardStream.write(shown, to: STDOUT_FILENO) else { return }
        if code == EPIPE {
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
        }
        StandardError.write("Standard output cannot be written: \(String(cString: strerror(code))).\n")
        exit(ExitCode.failed.rawValue)
    }

    /// Writes lines at once, for a command that has something to put in order before it ends.
    ///
    /// - Returns: false when nobody reads any more, or when there is no room.
    package static func isWritten(_ text: String) -> Bool {
        StandardStream.write(ShownText.escaped(text, keepingLines: true), to: STDOUT_FILENO) == nil
    }

    /// Writes a value as one line of JSON.
    package static func write(_ value: JSONValue) {
        write(value.text + "\n")
    }

    /// Writes JSON that something else has encoded.
    package static func write(json text: String) {
        write(ShownText.escapedJSON(text))
    }
}
