/// The place of an object in the tenant's tables; never used twice.
typealias Handle = UInt32
