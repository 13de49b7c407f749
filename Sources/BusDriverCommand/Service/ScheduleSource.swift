import ArgumentParser
import BusScheduler
import CommandInterface
import Logging

/// The file of recurring jobs that a scheduler was started with.
struct ScheduleSource: Sendable {
    /// Where it is.
    let path: String
    let logger: Logger

    /// Reads the file, and logs what of it cannot run, and why.
    ///
    /// - Throws: `Complaint` if there is no such file, or nothing of it can be read.
    func read() throws -> ScheduleFile {
        let bytes: [UInt8]
        do {
            bytes = try Input.open(path).read()
        } catch let error as Complaint {
            throw Complaint(error.message, code: .configuration)
        }
        let file: ScheduleFile
        do throws(ScheduleError) {
            file = try ScheduleFile(bytes: bytes, zones: ZoneDirectory())
        } catch {
            throw Complaint("\(path): \(error.description)", code: .configuration)
        }
        for remark in file.refused { logger.error("\(path): \(remark) This schedule does not run.") }
        for remark in file.warnings { logger.warning("\(path): \(remark)") }
        return file
    }
}
