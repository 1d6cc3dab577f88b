/** The access record: who did what, when, from where, and which values were looked up; durable before the answer. */
package uz.koprik.gateway.accessrecord;
