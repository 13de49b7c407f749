import Foundation
import RedisConnection

/// The file that a user keeps the password for Redis in.
///
/// A regular file is read anew whenever the password is asked for, so that it may be changed. What can be read only
/// once, such as a FIFO or a shell's `<(…)`, is read once and remembered.
struct PasswordFile: Sendable {
    private let path: String
    /// The password of a file that can be read only once.
    private let kept: String?
    /// Whether every user of this machine may read the password.
    let isOpenToAll: Bool

    /// More is no password.
    private static let mostBytes = 65_536

    /// - Throws: `RedisError` with code `configuration` if the file cannot be read; it names the file.
    init(_ path: String) throws(RedisError) {
        self.path = path
        let descriptor = try Self.open(path)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        isOpenToAll = isRegular && status.st_mode & S_IROTH != 0
        kept = isRegular ? nil : try Self.read(descriptor, path)
    }

    /// The password, without the line's end.
    ///
    /// - Throws: `RedisError` with code `configuration`.
    func password() throws(RedisError) -> String {
        if let kept { return kept }
        let descriptor = try Self.open(path)
        defer { close(descriptor) }
        return try Self.read(descriptor, path)
    }

    private static func open(_ path: String) throws(RedisError) -> CInt {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        return descriptor
    }

    private static func read(_ descriptor: CInt, _ path: String) throws(RedisError) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= mostBytes {
            let count = Foundation.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        guard bytes.count <= mostBytes else {
            throw RedisError(.configuration, "The password file \(path) holds more than a password.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RedisError(.configuration, "The password file \(path) is not UTF-8.")
        }
        let password = text.trimmingCharacters(in: .newlines)
        guard !password.isEmpty else { throw RedisError(.configuration, "The password file \(path) is empty.") }
        return password
    }

    private static func unreadable(_ path: String) -> RedisError {
        RedisError(
            .configuration, "The password file \(path) cannot be read: \(String(cString: strerror(errno))).")
    }
}
