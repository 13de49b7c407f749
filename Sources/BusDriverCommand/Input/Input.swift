import BusWire
import CommandInterface
import Foundation

/// Lines of a file or of standard input.
struct Input {
    /// What to call it in messages.
    let name: String
    private let file: FileHandle

    private static let pieceSize = 1 << 16

    static var standard: Input { Input(name: "standard input", file: .standardInput) }

    /// Opens a file; `-` means standard input.
    ///
    /// - Throws: `Complaint`.
    static func open(_ path: String) throws -> Input {
        if path == "-" { return .standard }
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal(of: path, errno) }
        return Input(name: path, file: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    /// The most that is read at once: 8 MiB, as of an event.
    static let most = 8 << 20

    /// The whole of it.
    ///
    /// - Throws: `Complaint` when it cannot be read, or is longer than ``most`` bytes.
    func read() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try nextPiece(), !piece.isEmpty {
            bytes += piece
            guard bytes.count <= Self.most else {
                let line = bytes[..<Self.most].count { $0 == UInt8(ascii: "\n") } + 1
                throw Complaint(
                    "\(name) is longer than \(Self.most) bytes, which end in line \(line); no more is read.")
            }
        }
        return bytes
    }

    /// Calls `body` with each line that is not blank, and its number, as they come.
    ///
    /// - Throws: `Complaint` when it cannot be read; whatever `body` throws.
    func forEachLine(_ body: (_ line: [UInt8], _ number: Int) async throws -> Void) async throws {
        var rest: [UInt8] = []
        var number = 0
        func handle(_ line: ArraySlice<UInt8>) async throws {
            number += 1
            if !line.allSatisfy(RubyText.isStripped) { try await body(Array(line), number) }
        }
        while case let piece = try nextPiece(), !piece.isEmpty {
            rest += piece
            var start = 0
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                try await handle(rest[start..<end])
                start = end + 1
            }
            rest.removeFirst(start)
        }
        if !rest.isEmpty { try await handle(rest[...]) }
    }

    /// What can be read now, at least a byte; nothing at the end. `FileHandle` either ends the process when that fails,
    /// or waits for more than a line.
    private func nextPiece() throws -> [UInt8] {
        var failure: CInt = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            var result: Int
            repeat {
                result = Foundation.read(file.fileDescriptor, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            if result < 0 { failure = errno }
            count = max(0, result)
        }
        guard failure == 0 else { throw Self.refusal(of: name, failure) }
        return piece
    }

    private static func refusal(of name: String, _ code: CInt) -> Complaint {
        code == EISDIR
            ? Complaint("\(name) is a directory; name a file.")
            : Complaint("\(name) cannot be read: \(String(cString: strerror(code))).")
    }

    /// Reads a line as JSON.
    ///
    /// - Throws: `Complaint` that names the line.
    func json(_ line: [UInt8], number: Int) throws -> JSONValue {
        do {
            return try JSONValue.parse(line)
        } catch {
            throw Complaint("Line \(number) of \(name) is not JSON: \(error).")
        }
    }
}
