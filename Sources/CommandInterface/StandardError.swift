import Foundation

/// What goes to people, and must not mix with data.
package enum StandardError {
    /// Writes `text` at once, as one piece.
    package static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// Whether somebody sees it.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
