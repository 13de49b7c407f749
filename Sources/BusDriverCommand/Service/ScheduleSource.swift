import ArgumentParser
import BusCalendar
import BusWire
import CommandInterface
import Foundation
import Logging
import ScheduleFiles

/// The file of recurring jobs that a scheduler was started with.
struct ScheduleSource: Sendable {
    /// Where it is.
    let path: String
    /// Which part of a nested file counts, and which entries run that name environments.
    let environment: String?
    /// Local time.
    let zone: ZoneRules
    let logger: Logger

    /// Reads the file, and logs what of it cannot run, and why.
    ///
    /// - Throws: `Complaint` if there is no such file, nothing of it can be read, or it is nested and has nothing for
    ///   the environment.
    func read() throws -> ScheduleFile {
        let file: ScheduleFile
        do {
            file = try Self.file(from: Input.open(path), environment: environment, zone: zone)
        } catch let error as Complaint {
            throw Complaint(error.message, code: .configuration)
        }
        log(file.refused, .error) { "\(path): \($0) This schedule does not run." }
        log(file.warnings, .warning) { "\(path): \($0)" }
        return file
    }

    /// The same on a thread of its own: neither a loop nor other tasks wait for the disk, or for a file that takes
    /// long.
    func readAside() async throws -> ScheduleFile {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try read() }) }
        }
    }

    /// Why nothing runs of a file that has entries: they are meant for other environments; nil if that is not so.
    func misfit(_ file: ScheduleFile) -> String? {
        guard !file.entries.isEmpty, !file.entries.contains(where: { $0.runs(in: environment) }) else { return nil }
        let names = Set(file.entries.compactMap(\.environments).joined()).sorted().prefix(10).joined(separator: ", ")
        let here = environment.map { "this is \(ShownText.cut($0))" } ?? "--environment and RAILS_ENV are not set"
        return "no entry of \(path) is meant for this environment: they name \(ShownText.cut(names)), and \(here)"
    }

    /// - Throws: `Complaint` if it cannot be read, or nothing of it can.
    static func file(from input: Input, environment: String?, zone: ZoneRules) throws -> ScheduleFile {
        do {
            return try ScheduleFile(
                bytes: input.read(), environment: environment, zones: ZoneDirectory(), zone: zone)
        } catch let error as Complaint {
            throw Complaint(error.message, code: .configuration)
        } catch let error as ScheduleError {
            throw Complaint("\(input.name): \(error.description)", code: .configuration)
        }
    }

    private func log(_ remarks: [ScheduleFile.Remark], _ level: Logger.Level, _ line: (ScheduleFile.Remark) -> String) {
        for remark in remarks.prefix(Self.mostLines) { logger.log(level: level, "\(line(remark))") }
        guard remarks.count > Self.mostLines else { return }
        logger.log(
            level: level,
            "\(path): \(remarks.count - Self.mostLines) more like these; busdriver schedule check shows all")
    }

    private static let mostLines = 20
}
