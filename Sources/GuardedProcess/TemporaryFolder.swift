import Foundation

/// A folder for what a process needs while it runs.
package enum TemporaryFolder {
    /// Makes one below TMPDIR, else `/tmp`, for this user only.
    ///
    /// - Parameter name: what its name begins with.
    /// - Returns: its path.
    package static func make(_ name: String) throws(TemporaryFolderError) -> String {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/\(name)-XXXXXX".utf8CString)
        guard let folder = mkdtemp(&template) else {
            throw TemporaryFolderError(
                description: "No folder can be made in \(parent): \(String(cString: strerror(errno))).")
        }
        return String(cString: folder)
    }
}

/// The place for temporary files cannot be used.
package struct TemporaryFolderError: Error, CustomStringConvertible {
    package let description: String
}
