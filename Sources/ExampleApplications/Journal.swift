import Foundation
import ResqueBus

/// A file of JSON Lines, one event in each.
actor Journal {
    private let file: FileHandle

    /// Opens the file, or makes it; what is there stays.
    init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw JournalError(message: "\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Appends an event. When this returns, the operating system has the line.
    func append(_ attributes: EventAttributes) throws {
        try file.write(contentsOf: Data(attributes.json.encoded() + [UInt8(ascii: "\n")]))
    }
}

/// Why there is no journal.
struct JournalError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
