import BusWire
import Foundation

extension ZoneFile {
    /// Bytes; ten times what the largest of tzdata has.
    private static let mostBytes = 65_536

    /// The bytes of a small regular file. Nothing else is waited for, such as a FIFO or a terminal.
    ///
    /// - Throws: `ScheduleError` that names the file and says why it is not read.
    static func read(_ path: String) throws(ScheduleError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ScheduleError("'\(path.abbreviated)' cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ScheduleError("'\(path.abbreviated)' is no regular file, so it is not read.")
        }
        var bytes = [UInt8](repeating: 0, count: mostBytes + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes {
                Foundation.read(descriptor, $0.baseAddress! + count, $0.count - count)
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { break }
            count += read
        }
        guard count <= mostBytes else {
            throw ScheduleError("'\(path.abbreviated)' is longer than \(mostBytes) bytes, which no time zone is.")
        }
        return Array(bytes[..<count])
    }
}
