import BusWire
import CommandInterface
import Foundation

/// The folder of a test: `result.json`, and what is made of it for people and plotters.
struct ResultFolder: Sendable {
    /// As the user wrote it, or the default name.
    let path: String

    static let resultName = "result.json"
    static let seriesName = "series.csv"
    static let percentilesName = "popped.hgrm"
    static let pageName = "report.html"

    /// A new folder for a test, made at once, so that a test does not run in vain.
    ///
    /// - Throws: `Complaint` if it holds a result already or cannot be made.
    static func create(at path: String) throws -> ResultFolder {
        guard !path.isEmpty else { throw Complaint("The folder of --out has no name.") }
        let folder = ResultFolder(path: path)
        guard !FileManager.default.fileExists(atPath: folder.file(resultName)) else {
            throw Complaint("\(path) holds a result already; name another folder with --out.")
        }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Complaint("The folder \(path) cannot be made: \(reason(error)); name another one with --out.")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw Complaint(
                "The folder \(path) cannot be written to: \(String(cString: strerror(errno))); name another one with --out."
            )
        }
        return folder
    }

    /// Removes the folder of a test that came to nothing; one in which there is something stays.
    func removeIfEmpty() { rmdir(path) }

    /// `loadtest-results/<command>-<UTC time>`, relative to the current directory.
    static func defaultPath(for command: TestResult.Command, at date: Date) -> String {
        let format = Date.ISO8601FormatStyle(dateSeparator: .dash, timeSeparator: .omitted, timeZone: .gmt)
        return "loadtest-results/\(command.rawValue)-\(date.formatted(format))"
    }

    /// Writes all files; passwords in URLs do not get into them.
    ///
    /// - Throws: `Complaint` naming the file that could not be written.
    func write(_ result: TestResult) throws {
        let result = result.withoutPasswords
        try write(Self.json(of: result), to: file(Self.resultName))
        try write(SeriesCSV(result).text, to: file(Self.seriesName))
        try write(PercentileFile(result.popped).text, to: file(Self.percentilesName))
        try writePage(of: result)
    }

    /// Writes the page alone, into the folder unless `page` names another file.
    ///
    /// - Throws: `Complaint` naming the file that could not be written.
    func writePage(of result: TestResult, to page: String? = nil) throws {
        try write(ReportPage(result.withoutPasswords).text, to: page ?? file(Self.pageName))
    }

    /// Reads the result back.
    ///
    /// - Throws: `Complaint` that says what to do if there is none, if it is damaged or of a newer version.
    func read() throws -> TestResult {
        let file = file(Self.resultName)
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Complaint(
                "There is no readable \(file); name a folder that loadtest wrote, such as loadtest-results/run-….")
        }
        struct Version: Decodable { let schema: Int }
        if let version = try? JSONDecoder().decode(Version.self, from: data), version.schema > TestResult.currentSchema
        {
            throw Complaint(
                "\(file) was written by a newer loadtest (schema \(version.schema)); read it with that one.")
        }
        do {
            return try JSONDecoder().decode(TestResult.self, from: data)
        } catch {
            throw Complaint("\(file) is no result of loadtest, or damaged: \(Self.reason(error)).")
        }
    }

    /// The readable JSON of a value: members in alphabetical order, the same text for the same value.
    static func json(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try JSONLayout.text(of: JSONValue.parse(Array(encoder.encode(value))))
    }

    private func file(_ name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    private func write(_ text: String, to file: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw Complaint("\(file) cannot be written: \(Self.reason(error)).")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "'\(key.stringValue)' is missing\(place(context))"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "a value has the wrong type\(place(context))"
        case DecodingError.dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is not JSON" : "a value cannot be understood\(place(context))"
        case let error as CocoaError:
            (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
                ?? error.localizedDescription
        default: String(describing: error)
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return path.isEmpty ? "" : " in \(path.drop { $0 == "." })"
    }
}
