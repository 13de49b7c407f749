import ArgumentParser
import Logging

/// How log lines are written to standard error.
enum LogFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// `2026-11-21T06:00:00Z notice driving …`, for people.
    case text
    /// One JSON object a line, for machines.
    case json

    /// A logger in this format.
    func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "busdriver") { _ in
            switch self {
            case .text: TextLogHandler()
            case .json: JSONLogHandler()
            }
        }
        logger.logLevel = level
        return logger
    }
}
