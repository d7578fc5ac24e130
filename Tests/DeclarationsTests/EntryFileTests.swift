import Testing

@testable import Declarations

@Suite struct EntryFileTests {
  @Test(
    arguments: [
      "guests:\n  - {email: ana@f.example}\n",
      "# ours\n\nguests: []\ngrants:\n  payments:\n    Viewer: []\nremoved: []\n",
      "guests:\n- email: ana@f.example\n  apps:\n  - wiki:Reader\n-\n  email: bo@f.example\n",
      "guests:\r\n  - {email: ana@f.example}\r\n",
      "   \n# indented blank lines before the first key\nguests: []\n",
    ]
  )
  func `a file of entries alone is known without parsing`(_ text: String) {
    #expect(EntryFile.holdsOnlyEntries(Array(text.utf8)))
  }

  @Test(
    arguments: [
      "", "# nothing\n", "guests: []\npartners: {}\n", "  partners: {}\n  guests: []\n",
      "  guests: []\n  partners: {}\n", "{guests: [], partners: {}}\n", "\"partners\": {}\n",
      "guests: []\n\"partners\": {}\n", "guests: []\n? partners\n: {}\n",
      "guests: []\n---\npartners: {}\n", "--- {partners: {}}\n", "- guests: []\n",
      "guests: []\n'partners': {}\n", "\tpartners: {}\n", "%YAML 1.2\n---\npartners: {}\n",
      "guests: [\n]\npartners: {}\n", "\u{FEFF}partners: {}\n", "guests: []\r  \rpartners: {}\r",
      "partners: {}\n", "guestsandmore: {}\n",
    ]
  )
  func `whatever may say something of policy is parsed`(_ text: String) {
    #expect(!EntryFile.holdsOnlyEntries(Array(text.utf8)))
  }
}
