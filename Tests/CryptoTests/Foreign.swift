/// What Python's cryptography library made with a key of its own: signatures over "the merge is the
/// grant", and certificates for "Åsa" of "Contoso, Inc", valid through 2026.
enum Foreign {
  /// The modulus of the key; its exponent is 65537.
  static let modulus = """
    3yaR7Pfj5nyD6qduhHrDc25XNfBouv722u0Jz9ph3OTKBcNJbmZPjOjTyXxC3M_Sje5q2-\
    jJcVLNXGhhWw9k6Xay9R145gINJ4Cy1aPcAtei_KD5PbWHP94kdpY_5kxtGmtphk4IIgeeLgDTRhH7l6JTDy\
    quQvvTgh93ZbDMaeZlNSJJshprEd_-8AyA6dCOYPp7xfSIk6n3ZbmVPKTMKbBks--zMDsDpruyIogmcwtio8\
    6SKt1VdEzrYTbsg8jznBe7wtGS616mFJEuoSc5w3IPVh84aIEC9INexa75vLTeUafU9Hk4vVA5ACrjYXtCH-\
    X3NIKkXnS8o1t_lPEPqQ
    """

  static let rs256 = """
    JsqQtASe8d4THjug8WBJItI-EOyf8xmMKYKm-sx_feFx90hz6Uev7xFZTmJI4aiWO2pXDYrYvr9QKCp1iSH7\
    2bmDC1HoLoge6iqF78hNyKgPMbPm2xNZlaKqKdUmXc2tcko-mmZcnto0EyDBbDtEXaieXVW1Qc6nl4QbmNz0\
    khboIdzMH_1XSDe7WO2h4xMc9qfEo4o_f2Vl0o98fgJ_OWj2MnFIpKUnH4yn2JCnDFZtyzBZmfFOkeoWubtJ\
    ntLT27jvRzTA4hnOxlRNjl1lhWeUpLHYBcfGvGYaIM8HmVP7-zOkduGDPV4aXJ7FPvE6B1VeEMp-U-\
    tkM79ClbqrHA
    """

  static let ps256 = """
    U5eMAQgvBmyUFiCYixbRruxdKeSQ9b5kqHT4sjb6GcYWVSwox9hUgMqHpXdENtB3KMfLmyiBTu18EuI-qgGv\
    oYbmdbJ5Z95QURogQuQ2qpet82PXT1kSXqLC8GUPt8n6NqcNiwLpDY8DMBbQvIFviCco7TJwR6_i4FirXo4H\
    YzTUME3AuTY4wFDmaQdWhTUJoRlOFz9yM0KzBzttSjGpgt3-um-qnS1qf7GGga0xXqjWsVG7cvRY8PpOvED_\
    KqgfOzoOOnGS6YXLI4xtryzNy6GG8sYTzAnkJ_OapwaKIHTSHpZNgbPyrddQ4--\
    Oa0gYpiVt0lmL4dVLStqMCSWxJA
    """

  /// The same with a salt of 20 bytes.
  static let ps256WithShortSalt = """
    s6bL0KLlT2Ye2y87yBF5VItoYuj6vfFefSOnamGYlYF256F2rnAoTlOvdCfpkUAbSAEFreEd6v0jOMqYu15-\
    NXJSmvqhHCUQfEzzX6DFZ1yAsNK-\
    7dqvJvlApzm8yL1A3ANE3vB2pNNaxj3xLIkEF5mMQQ28jqNMXsUbePbFQT5S8uDSy8HJglPFXLi17OMYc6u_\
    4SzkQl9JOjP09GaxVcDy5zoQvibNAmb0Sqbcvo8MsRi3EiAMFFnKTp-oWXpXCTJHNDyert3CPewl1n7Y3RUD\
    r9oBNZFQKfktNgUYMGrHeGyKYaEQ3_k3HhLK5ogquwfNMeEh_z20tWQgdxLkJg
    """

  /// A certificate of the key.
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIICxTCCAa2gAwIBAgIBBzANBgkqhkiG9w0BAQsFADAmMQ0wCwYDVQQDDATDhXNh
    MRUwEwYDVQQKDAxDb250b3NvLCBJbmMwHhcNMjYwMTAxMDAwMDAwWhcNMjcwMTAx
    MDAwMDAwWjAmMQ0wCwYDVQQDDATDhXNhMRUwEwYDVQQKDAxDb250b3NvLCBJbmMw
    ggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDfJpHs9+PmfIPqp26EesNz
    blc18Gi6/vba7QnP2mHc5MoFw0luZk+M6NPJfELcz9KN7mrb6MlxUs1caGFbD2Tp
    drL1HXjmAg0ngLLVo9wC16L8oPk9tYc/3iR2lj/mTG0aa2mGTggiB54uANNGEfuX
    olMPKq5C+9OCH3dlsMxp5mU1IkmyGmsR3/7wDIDp0I5g+nvF9IiTqfdluZU8pMwp
    sGSz77MwOwOmu7IiiCZzC2KjzpIq3VV0TOthNuyDyPOcF7vC0ZLrXqYUkS6hJznD
    cg9WHzhogQL0g17Frvm8tN5Rp9T0eTi9UDkAKuNhe0If5fc0gqRedLyjW3+U8Q+p
    AgMBAAEwDQYJKoZIhvcNAQELBQADggEBAKoB7sdi0MZzwRvK6U4DVEpfcPh0Y59a
    bcssLRTb5cIVYzLWHywJx5Fafplu840ynKBlFXAR063D481zWBLFsijZxeOo0Y3X
    fdHqa4DVTfxa0BSAuuDr9j81Ah2xBz6s9IIzirOrzjOzs3fFWG4KGEi1YBQju5AC
    gJ24OT+BAFkoewZxev6eZNoXYbOCEPgOlMCIa8TPcbmnJILOQ/odjLLTutEkgmj5
    OP7+5+qKz0CZ9/36TqwKy4NAhrvPvO7VjGEetaZEQd1TZ9N6Vjf9u8JdCvsPXaX9
    O2RF8bn5N2XalcQGw25B0OtmZT0lLXwYQf8mOWgPE6h4WgMy6H2ct2U=
    -----END CERTIFICATE-----
    """

  /// A certificate of a key on an elliptic curve.
  static let ellipticCertificate = """
    -----BEGIN CERTIFICATE-----
    MIIBOTCB36ADAgECAgEHMAoGCCqGSM49BAMCMCYxDTALBgNVBAMMBMOFc2ExFTAT
    BgNVBAoMDENvbnRvc28sIEluYzAeFw0yNjAxMDEwMDAwMDBaFw0yNzAxMDEwMDAw
    MDBaMCYxDTALBgNVBAMMBMOFc2ExFTATBgNVBAoMDENvbnRvc28sIEluYzBZMBMG
    ByqGSM49AgEGCCqGSM49AwEHA0IABC7orZb/I+nFIzjMFiVXjrnMV9hEJWTZ/x5c
    yVIaOGd7Yon3kviKQ2gBOa8ev1Sv+iZ1TC8dwn/NAKhjOtWzm4kwCgYIKoZIzj0E
    AwIDSQAwRgIhAPTsW1jXE0ur9CzuD5LpEbvRdYLkDSctHFi8vaD3KIopAiEA+Ucl
    J+9aHZSIys2BznvpkGJ05Aqpg/pYw0dAAKEfsWQ=
    -----END CERTIFICATE-----
    """
}
