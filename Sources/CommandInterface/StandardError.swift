import Foundation

/// What goes to people, and must not mix with data.
package enum StandardError {
    /// Writes `text` at once, as one piece. When nobody can read it, work goes on without.
    package static func write(_ text: String) {
        _ = StandardStream.write(text, to: STDERR_FILENO)
    }

    /// Whether somebody sees it.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
