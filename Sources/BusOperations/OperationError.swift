/// Why something that an operator asked for was not done: it names what is not there, or what cannot be used.
package struct OperationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A sentence that says what to do where that is known.
    package let message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}
