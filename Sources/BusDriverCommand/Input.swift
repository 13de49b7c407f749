import BusWire
import CommandInterface
import Foundation

/// Lines of a file or of standard input.
struct Input {
    /// What to call it in messages.
    let name: String
    private let file: FileHandle

    static var standard: Input { Input(name: "standard input", file: .standardInput) }

    /// Opens a file; `-` means standard input.
    ///
    /// - Throws: `Complaint`.
    static func open(_ path: String) throws -> Input {
        if path == "-" { return .standard }
        guard let file = FileHandle(forReadingAtPath: path) else { throw Complaint("\(path) cannot be read.") }
        return Input(name: path, file: file)
    }

    /// The whole of it.
    func read() throws -> [UInt8] {
        try file.readToEnd().map(Array.init) ?? []
    }

    /// Calls `body` with each line that is not blank, and its number, as they come.
    func forEachLine(_ body: (_ line: [UInt8], _ number: Int) async throws -> Void) async throws {
        var rest: [UInt8] = []
        var number = 0
        func handle(_ line: ArraySlice<UInt8>) async throws {
            number += 1
            if !line.allSatisfy(RubyText.isStripped) { try await body(Array(line), number) }
        }
        while case let piece = file.availableData, !piece.isEmpty {
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
