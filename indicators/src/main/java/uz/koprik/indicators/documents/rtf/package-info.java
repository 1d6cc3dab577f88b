/** Rich Text Format as mails of Outlook carry it: unpacked, and as text or HTML. */
package uz.koprik.indicators.documents.rtf;
