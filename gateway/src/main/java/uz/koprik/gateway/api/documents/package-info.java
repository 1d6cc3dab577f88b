/** Routes that read reports and mails, and make objects of the values that a person chose. */
package uz.koprik.gateway.api.documents;
