import Foundation
import GuardedProcess

/// What a driver writes to its standard output and error, in a temporary folder of its own.
struct DriverLog: Sendable {
    let folder: String
    var path: String { folder + "/driver.log" }

    private static let shownLines = 3
    private static let shownBytes = 4096

    init() throws(SetupError) {
        do {
            folder = try TemporaryFolder.make("loadtest")
        } catch {
            throw SetupError(error.description)
        }
    }

    /// Its last lines, as one.
    var lastWords: String {
        guard let file = FileHandle(forReadingAtPath: path), let length = try? file.seekToEnd() else { return "" }
        try? file.seek(toOffset: length - min(length, UInt64(Self.shownBytes)))
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").suffix(Self.shownLines).joined(separator: " | ")
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
