import Glibc

/// Runs closures that block, or that compute for long.
package enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// What `body` computes on a new thread; the caller's goes on meanwhile.
    package static func value<Value: Sendable>(of body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            run { continuation.resume(returning: body()) }
        }
    }

    /// Runs `body` on a new thread.
    package static func run(_ body: @escaping @Sendable () -> Void) {
        let argument = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            Unmanaged<Body>.fromOpaque(argument.unsafelyUnwrapped).takeRetainedValue().run()
            return nil
        }
        guard pthread_create(&thread, nil, start, argument.toOpaque()) == 0 else {
            // Without threads the process is in no state to do better than to block.
            return argument.takeRetainedValue().run()
        }
        pthread_detach(thread)
    }
}
