import Foundation

/// Files in which the system tells about itself.
enum SystemFile {
    /// The file's text without blanks around it; nil if it cannot be read.
    static func text(_ path: String) -> String? {
        (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
