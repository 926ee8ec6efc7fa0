-- An invitation lives for 1 to 30 days, whoever makes it: the API says so to the field, this to everybody.
alter table invitations.invitation add constraint invitation_lives check (expires_in between interval '1 day' and interval '30 days');
alter table invitations.bulk add constraint bulk_lives check (expires_in between interval '1 day' and interval '30 days');
