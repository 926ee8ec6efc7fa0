import { texts } from '@/app/texts';
import { en } from './en';

export const t = texts({ en });
