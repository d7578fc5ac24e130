import Testing
import YAML

@Suite struct AnchorTests {
  @Test(arguments: [
    ("a: &x {b: 1}", YAMLFault.Kind.anchor), ("a: &x b", .anchor), ("- &x\n- b", .anchor),
    ("a: !!str b", .tag), ("a: !x [b]", .tag), ("a: *x", .alias),
  ])
  func `an anchor, a tag or an alias is a fault beside the document`(
    _ text: String,
    _ kind: YAMLFault.Kind
  ) {
    let reading = YAMLReader().read(Array(text.utf8))
    #expect(reading.faults.map(\.kind) == [kind])
    #expect(reading.document != nil)
  }
}
