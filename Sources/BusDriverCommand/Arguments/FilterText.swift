import ArgumentParser
import BusOperations
import BusWire

/// Filters of a subscription on a command line, in ``FilterNotation``.
enum FilterText {
    /// The filter in the form in which it is stored.
    ///
    /// - Throws: `ValidationError` that says how to write it.
    static func parse(_ text: String) throws -> SubscriptionFilter {
        do throws(OperationError) {
            return try FilterNotation.parse(text)
        } catch {
            throw ValidationError(error.message)
        }
    }
}
