import Foundation

/// A part of Redis' append-only file: commands, one behind the other, as clients sent them.
///
/// Looks for a transaction that was cut off and then written on: the state in memory is right, but the *next* restart
/// executes half of the dead transaction (protocol §2.8).
struct AppendOnlyFile {
    /// How a file reads.
    enum Condition: Equatable {
        case sound
        /// A `MULTI` without its `EXEC`, at this byte.
        case openTransaction(at: Int)
        /// No file of commands, such as one that begins with a snapshot.
        case unreadable
    }

    /// Where the last open `MULTI` begins.
    private var transaction: Int?
    private var offset = 0

    /// Reads a file in pieces.
    ///
    /// - Throws: whatever reading the file throws.
    static func examine(_ path: String) throws -> Condition {
        guard let file = FileHandle(forReadingAtPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
        defer { try? file.close() }
        var examination = AppendOnlyFile()
        var rest: [UInt8] = []
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            rest += piece
            if let condition = examination.read(&rest) { return condition }
        }
        return examination.transaction.map { .openTransaction(at: $0) } ?? .sound
    }

    /// Takes whole commands off the front of `bytes`; an answer ends the examination.
    private mutating func read(_ bytes: inout [UInt8]) -> Condition? {
        var position = 0
        defer {
            bytes.removeFirst(position)
            offset += position
        }
        while position < bytes.count {
            // Annotations such as "#TS:1795240524" stand between commands.
            if bytes[position] == UInt8(ascii: "#") {
                guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
                position = end + 1
                continue
            }
            switch Self.command(in: bytes, at: position) {
            case .incomplete: return nil
            case .nonsense: return .unreadable
            case .command(let name, let end):
                if name == "MULTI" {
                    if let transaction { return .openTransaction(at: transaction) }
                    transaction = offset + position
                } else if name == "EXEC" {
                    transaction = nil
                }
                position = end
            }
        }
        return nil
    }

    private enum Parsed {
        case incomplete, nonsense
        case command(name: String, end: Int)
    }

    private static func command(in bytes: [UInt8], at start: Int) -> Parsed {
        var position = start
        func number(after mark: Character) -> Int?? {
            guard position < bytes.count else { return .some(nil) }
            guard bytes[position] == mark.asciiValue else { return nil }
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return .some(nil) }
            let digits = String(decoding: bytes[position + 1..<end], as: UTF8.self).trimmingCharacters(in: .newlines)
            guard let number = Int(digits), number >= 0 else { return nil }
            position = end + 1
            return number
        }
        guard let words = number(after: "*") else { return .nonsense }
        guard let words else { return .incomplete }
        var name = ""
        for word in 0..<words {
            guard let length = number(after: "$") else { return .nonsense }
            guard let length, position + length + 2 <= bytes.count else { return .incomplete }
            if word == 0 { name = String(decoding: bytes[position..<position + length], as: UTF8.self).uppercased() }
            position += length + 2
        }
        return .command(name: name, end: position)
    }
}
