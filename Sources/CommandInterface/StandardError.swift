import Foundation

/// What goes to people, and must not mix with data.
package enum StandardError {
    /// Writes `text` at once, as one piece. When nobody can read it, work goes on without.
    package static func write(_ text: String) {
        _ = StandardStream.write(text, to: STDERR_FILENO)
    }

    /// Says in a line what is wrong, though not so wrong that it cannot work.
    package static func warn(_ sentence: String) { write("warning: \(sentence)\n") }

    /// Whether somebody sees it.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
