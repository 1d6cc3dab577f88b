/** Private keys on PKCS#11 tokens (OASIS PKCS #11 2.40): sign there, and never leave it. */
package uz.koprik.crypto.pkcs11;
