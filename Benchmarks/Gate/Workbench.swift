import Foundation

/// Where the gate works, and how it runs other programs there.
struct Workbench {
    let root: String
    /// For what is built and written on the way.
    let scratch: String

    /// Runs a program to its end, with its complaints on standard error.
    ///
    /// - Parameters:
    ///   - words: the program, found through PATH or by its path from the project's folder, and its arguments.
    ///   - environment: variables to add to this process' own.
    /// - Returns: what it printed.
    /// - Throws: ``GateError`` when it cannot be started or does not exit with 0.
    @discardableResult
    func output(_ words: [String], adding environment: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(filePath: root)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw GateError("\(words.joined(separator: " ")) ended with status \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// An empty folder of this name.
    func emptyFolder(_ name: String) throws -> URL {
        let folder = URL(filePath: scratch).appending(path: name)
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
