@_exported import struct BusRider.RetryPolicy

/// How handlers are run: what ``ConfigurableHandler/retry(_:)`` and ``ConfigurableHandler/timeout(_:)`` have said.
public struct HandlerOptions: Sendable {
    var retry: RetryPolicy?
    var timeout: Duration?

    init() {}

    /// These options; those of `defaults` where nothing was said.
    func over(_ defaults: HandlerOptions) -> HandlerOptions {
        var options = self
        options.retry = retry ?? defaults.retry
        options.timeout = timeout ?? defaults.timeout
        return options
    }
}

/// Something that runs handlers, or is one: a ``Subscribe``, an ``OnHeartbeat``, a ``Job``, or a whole ``Application``
/// for all of its handlers that do not say otherwise.
public protocol ConfigurableHandler {
    /// What was said so far.
    var options: HandlerOptions { get set }
}

extension ConfigurableHandler {
    /// Whether and when failed runs are tried again. Default: ``RetryPolicy/resque``.
    public func retry(_ policy: RetryPolicy) -> Self {
        var copy = self
        copy.options.retry = policy
        return copy
    }

    /// How long a handler may run. Default: as long as it likes.
    ///
    /// When the time is over, the handler's task is cancelled and the run has failed with ``JobTimeout``. A handler
    /// that does not heed cancellation runs on, but nobody waits for it and its result is ignored; the next run may
    /// begin while it is still at work. Middleware is not counted.
    ///
    /// - Parameter limit: above zero.
    public func timeout(_ limit: Duration) -> Self {
        var copy = self
        copy.options.timeout = limit
        return copy
    }
}

/// Where a handler stands in the code, for the backtraces of `failed`.
struct SourceLocation: Sendable {
    let fileID: String
    let line: Int

    /// As Ruby writes a frame: ``greeter.swift:12:in `user_created'``.
    func frame(in name: String) -> String {
        let file = fileID.utf8.lastIndex(of: UInt8(ascii: "/")).map { fileID[fileID.utf8.index(after: $0)...] }
        return "\(file ?? fileID[...]):\(line):in `\(name)'"
    }
}
