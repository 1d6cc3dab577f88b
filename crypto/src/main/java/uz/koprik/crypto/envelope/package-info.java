/** Files sealed to a public key: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084) and RSA-OAEP. */
package uz.koprik.crypto.envelope;
