/// Why an attribute of an event, or an argument of a job, is not what a handler has asked for.
///
/// A job that ends with it is not tried again: the same text would not fit the next time either.
public struct ValueMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the value is: `user.tags[2]`. Empty when it is the whole event.
    public let path: String
    /// What was expected and what was found, without the value itself.
    public let reason: String

    init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// - Parameter root: what the error's path begins with.
    init(_ error: any Error, root: String) {
        switch error {
        case let mismatch as ValueMismatch:
            self = mismatch
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context),
            DecodingError.valueNotFound(_, let context):
            self.init(path: Self.path(context.codingPath, root: root), reason: context.debugDescription)
        case DecodingError.keyNotFound(let key, let context):
            self.init(path: Self.path(context.codingPath + [key], root: root), reason: context.debugDescription)
        default:
            self.init(path: root, reason: "\(error)")
        }
    }

    private static func path(_ keys: [any CodingKey], root: String) -> String {
        keys.reduce(into: root) { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
    }

    public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
