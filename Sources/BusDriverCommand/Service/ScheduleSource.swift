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
        log("a schedule cannot be understood and does not run", .error, file.refused)
        log("a schedule is perhaps not meant so", .warning, file.warnings)
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

    private func log(_ message: Logger.Message, _ level: Logger.Level, _ remarks: [ScheduleFile.Remark]) {
        for remark in remarks.prefix(Self.mostLines) {
            var details: Logger.Metadata = [
                "path": "\(path)", "line": .stringConvertible(remark.line), "reason": "\(remark.reason)",
            ]
            details["schedule"] = remark.name.map { "\($0)" }
            logger.log(level: level, message, metadata: details)
        }
        guard remarks.count > Self.mostLines else { return }
        logger.log(
            level: level, "there are more like these; busdriver schedule check shows all",
            metadata: ["path": "\(path)", "more": .stringConvertible(remarks.count - Self.mostLines)])
    }

    private static let mostLines = 20
}
