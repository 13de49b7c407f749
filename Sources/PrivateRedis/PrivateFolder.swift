import Foundation

/// A folder that nobody but this user may look into, with files that nobody else may read. It holds payloads.
struct PrivateFolder {
    let path: String

    init(_ path: String) { self.path = path }

    private static let others = mode_t(S_IRWXG | S_IRWXO)

    /// Makes the folder. One that is there is taken over if it is this user's own: where others may look into it, that
    /// ends now, but only if nothing foreign is in it.
    ///
    /// - Parameter ownNames: what the program itself puts there. None of it may be a link, and others lose their access
    ///   to it.
    /// - Throws: ``PrivateRedisError``: `unusable`, `unsafe`. What is refused stays as it was.
    func make(ownNames: [String]) throws(PrivateRedisError) {
        do {
            let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw .unusable(directory: path, reason: error.localizedDescription)
        }
        guard mkdir(path, S_IRWXU) == 0 || errno == EEXIST else {
            throw .unusable(directory: path, reason: String(cString: strerror(errno)))
        }
        let folder = try Self.open(path, AT_FDCWD, path, kind: S_IFDIR)
        defer { close(folder.descriptor) }
        let names = try Self.names(in: folder)
        if folder.status.st_mode & Self.others != 0 {
            if let foreign = names.first(where: { !ownNames.contains($0) && !$0.hasPrefix("temp-") }) {
                throw .unsafe(
                    path: path,
                    reason: "others may look into it, and it holds something else (\(foreign)); chmod 700 it, or name "
                        + "another directory.")
            }
            try Self.restrict(folder, to: S_IRWXU)
        }
        for name in names where ownNames.contains(name) { try secure(name, in: folder, mayBeFolder: true) }
    }

    // MARK: - What is in it

    /// A folder or file that is open, so that it cannot become another one between two steps.
    private struct Item {
        let descriptor: CInt
        let path: String
        let status: stat
    }

    private func secure(_ name: String, in folder: Item, mayBeFolder: Bool) throws(PrivateRedisError) {
        let path = "\(folder.path)/\(name)"
        var status = stat()
        guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return }
            throw .unsafe(path: path, reason: String(cString: strerror(errno)))
        }
        switch status.st_mode & S_IFMT {
        case S_IFSOCK: return
        case S_IFDIR where mayBeFolder:
            let inner = try Self.open(name, folder.descriptor, path, kind: S_IFDIR)
            defer { close(inner.descriptor) }
            try Self.restrict(inner, to: S_IRWXU)
            for name in try Self.names(in: inner) { try secure(name, in: inner, mayBeFolder: false) }
        default:
            let file = try Self.open(name, folder.descriptor, path, kind: S_IFREG)
            defer { close(file.descriptor) }
            guard file.status.st_nlink == 1 else {
                throw .unsafe(path: path, reason: "it has a second name (a hard link); remove one of them.")
            }
            try Self.restrict(file, to: S_IRUSR | S_IWUSR)
        }
    }

    /// Opens what must be this user's own, and no link.
    private static func open(
        _ name: String, _ parent: CInt, _ path: String, kind: mode_t
    ) throws(PrivateRedisError) -> Item {
        let descriptor = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .unsafe(
                path: path,
                reason: errno == ELOOP
                    ? "it is a link; name the place itself, or remove the link." : String(cString: strerror(errno)))
        }
        var status = stat()
        let isRead = fstat(descriptor, &status) == 0
        let reason: String? =
            if !isRead {
                String(cString: strerror(errno))
            } else if status.st_mode & S_IFMT != kind {
                kind == S_IFDIR ? "it is not a directory." : "it is neither a file nor a directory."
            } else if status.st_uid != geteuid() {
                "it belongs to another user; name another directory."
            } else {
                nil
            }
        guard let reason else { return Item(descriptor: descriptor, path: path, status: status) }
        close(descriptor)
        throw .unsafe(path: path, reason: reason)
    }

    private static func restrict(_ item: Item, to mode: mode_t) throws(PrivateRedisError) {
        guard item.status.st_mode & others != 0 else { return }
        guard fchmod(item.descriptor, mode) == 0 else {
            throw .unsafe(path: item.path, reason: String(cString: strerror(errno)))
        }
    }

    private static func names(in folder: Item) throws(PrivateRedisError) -> [String] {
        do {
            // By the descriptor: the path may lead elsewhere by now.
            return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd/\(folder.descriptor)").sorted()
        } catch {
            throw .unsafe(path: folder.path, reason: error.localizedDescription)
        }
    }
}
