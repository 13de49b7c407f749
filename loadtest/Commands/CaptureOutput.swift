import CommandInterface
import Foundation

/// A new file that only its owner may read.
struct CaptureOutput: Sendable {
    private let path: String
    private let file: FileHandle

    /// - Throws: `Complaint` where the file cannot be made or is there already.
    init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? Complaint("\(path) is there already; choose another name.")
                : Complaint("\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
        self.path = path
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func write(_ bytes: [UInt8]) throws {
        do {
            try file.write(contentsOf: bytes)
        } catch {
            throw Complaint("\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
    }

    func remove() { unlink(path) }
}
