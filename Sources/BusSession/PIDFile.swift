package import Glibc

/// The file by which scripts find this process.
package struct PIDFile: Sendable {
    /// Why there cannot be one: somebody must choose another file, or end the process to which it belongs.
    package struct Refusal: Error {
        /// A sentence that says what to do.
        package let message: String
    }

    let path: String
    private let processID: pid_t

    /// Writes the file, in place of one that a process which is gone has left, or this very process before it restarted
    /// itself.
    ///
    /// - Throws: `Refusal` if the file belongs to a process that lives, or cannot be written.
    package init(_ path: String, processID: pid_t = getpid()) throws(Refusal) {
        self.path = path
        self.processID = processID
        if try create() { return }
        if let owner = owner() {
            guard owner == processID || !Self.isAlive(owner) else {
                throw Refusal(
                    message:
                        "The PID file \(path) belongs to process \(owner), which is running; stop that, or name another file."
                )
            }
        } else if !isEmpty() {
            throw Refusal(message: "\(path) holds no process id; remove it, or name another file.")
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw unwritable() }
        guard try create() else {
            throw Refusal(message: "Another process has just written the PID file \(path); name another file.")
        }
    }

    /// Removes the file, unless somebody else has replaced it.
    package func remove() {
        if owner() == processID { unlink(path) }
    }

    /// False if there is a file already.
    private func create() throws(Refusal) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw unwritable()
        }
        defer { close(descriptor) }
        var text = "\(processID)\n"
        let isWritten = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) == $0.count }
        guard isWritten else { throw unwritable() }
        return true
    }

    private func unwritable() -> Refusal {
        Refusal(
            message: "The PID file \(path) cannot be written: \(String(cString: strerror(errno))); name another file.")
    }

    private func owner() -> pid_t? {
        let digits = content().drop { $0 <= UInt8(ascii: " ") }.prefix { $0 > UInt8(ascii: " ") }
        return pid_t(String(decoding: digits, as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
    }

    /// A process that ended between the two steps of writing has left it so.
    private func isEmpty() -> Bool { content().isEmpty }

    private func content() -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }

    private static func isAlive(_ process: pid_t) -> Bool {
        kill(process, 0) == 0 || errno == EPERM
    }
}
