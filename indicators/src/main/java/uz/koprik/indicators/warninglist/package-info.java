/** Lists, in the format of MISP, of what is common and not malicious: such values are kept out of correlation. */
package uz.koprik.indicators.warninglist;
