import Foundation

/// A file that lives as long as it is used.
final class TemporaryFile {
    let path: String

    /// - Parameter suffix: how the name ends, such as `.yml`.
    init(_ content: [UInt8] = [], suffix: String = "") throws {
        path = NSTemporaryDirectory() + "loadtest-" + UUID().uuidString + suffix
        try Data(content).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Calls `body` with the path while the file is there.
    func read<Result>(_ body: (_ path: String) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(path) }
    }
}
